/** An address that leads nowhere. */
import { LinkButton } from "../base/button";
import { Actions } from "../base/parts";
import { Screen } from "../base/screen";
import { pages } from "../paths";
import { useWords } from "../words";

export function NowhereScreen() {
  const { w } = useWords();
  return (
    <Screen title={w.shell.notFound}>
      <Actions>
        <LinkButton to={pages.home}>{w.shell.toInvoices}</LinkButton>
      </Actions>
    </Screen>
  );
}
