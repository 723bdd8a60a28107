/** What the person signed in is told by mail, and what was sent to them. For every role. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";

import type { Notices, NoticesInput } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { Notice } from "@/components/notice";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";

import { PartStates } from "../part-states";
import classes from "../settings.module.css";
import { KindRows } from "./kind-rows";
import { MorningPanel, ScopePanel } from "./morning-panel";
import { noticesQuery, useSaveNotices } from "./notices-api";
import { SentPanel } from "./sent-panel";

export default function NoticesPart() {
  const notices = useQuery(noticesQuery);
  return (
    <div className={classes.stack}>
      <PartStates query={notices}>{(data) => <Wishes first={data} />}</PartStates>
      <SentPanel />
    </div>
  );
}

export interface WishesProps {
  read: Notices;
  wishes: NoticesInput;
  change: (part: Partial<NoticesInput>) => void;
}

function Wishes({ first }: { first: Notices }) {
  const { m } = useLanguage();
  const words = m.notices;
  const notify = useToast();
  // What was read when the form opened: a later reread must not touch what is being chosen.
  const [read, setRead] = useState(first);
  const [wishes, setWishes] = useState<NoticesInput>(() => inputOf(first));
  const save = useSaveNotices();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate(
      { input: wishes, version: read.version },
      {
        onSuccess: (after) => {
          setRead(after);
          setWishes(inputOf(after));
          notify({ tone: "good", text: m.settings.saved });
        },
      },
    );
  };
  const props: WishesProps = {
    read,
    wishes,
    change: (part) => setWishes({ ...wishes, ...part }),
  };
  return (
    <form onSubmit={submit} noValidate className={classes.stack}>
      {read.sending_frozen ? (
        <Notice tone="warn" title={words.frozen}>
          {words.frozenBody}
        </Notice>
      ) : null}
      <KindRows {...props} />
      <MorningPanel {...props} />
      <ScopePanel {...props} />
      <CommandError error={save.error} />
      <div>
        <Button type="submit" loading={save.isPending}>
          {m.settings.save}
        </Button>
      </div>
    </form>
  );
}

function inputOf({ digest, only_mine, language, kinds }: Notices): NoticesInput {
  return { digest, only_mine, language, kinds };
}
