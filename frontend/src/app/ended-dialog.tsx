/** The session ended while the person works: what is on the screen stays until they are back. */
import { Button, Modal } from "@mantine/core";

import { auth, pages } from "@/config/paths";
import { useLanguage } from "@/i18n";

export function EndedDialog({ isOpen }: { isOpen: boolean }) {
  const { m } = useLanguage();
  return (
    <Modal
      opened={isOpen}
      onClose={() => undefined}
      withCloseButton={false}
      title={m.common.signIn.ended}
    >
      <p>{m.common.signIn.endedBody}</p>
      <Button component="a" href={auth.login(pages.home)} target="_blank" mt="md">
        {m.common.signIn.endedAction}
      </Button>
    </Modal>
  );
}
