/** The company's logo: seen as on paper, put in, taken away. It is stored at once, beside the form. */
import { Button, FileButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { useCan } from "@/api/me";
import { CommandError } from "@/components/command-error";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { ErrorState } from "@/components/error-state";
import { Panel } from "@/components/panel";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";
import { useFieldErrors } from "@/i18n/field-errors";

import { base64Of, type LogoFault, logoFault } from "./logo-file";
import classes from "./logo.module.css";
import { logoQuery, useChangeLogo, useRemoveLogo } from "./settings-api";

export function LogoPanel({ name }: { name: string }) {
  const { m } = useLanguage();
  const words = m.settings.logo;
  const notify = useToast();
  const isAdmin = useCan("admin");
  const change = useChangeLogo();
  const refused = useFieldErrors(change.error).get("/content");
  const [fault, setFault] = useState<LogoFault | null>(null);
  const forget = useRef<() => void>(null);
  const stored = useQuery(logoQuery);
  const logo = stored.data;
  const take = async (file: File | null) => {
    forget.current?.(); // the same file, put right, is a choice again
    if (file === null) return;
    const wrong = logoFault(file);
    setFault(wrong);
    if (wrong !== null) return;
    const content = base64Of(new Uint8Array(await file.arrayBuffer()));
    change.mutate(content, { onSuccess: () => notify({ tone: "good", text: words.changed }) });
  };
  const said = fault === null ? refused : words.faults[fault];
  return (
    <Panel title={words.title}>
      <div className={classes.logo}>
        <div className={classes.paper}>
          {stored.isPending ? null : stored.error ? (
            <ErrorState error={stored.error} retry={() => void stored.refetch()} />
          ) : logo ? (
            <img src={logo.url} width={logo.width} height={logo.height} alt={words.alt(name)} />
          ) : (
            <span className={classes.name}>{name}</span>
          )}
        </div>
        <div className={classes.words}>
          <p>{words.body}</p>
          {isAdmin ? (
            <div className={classes.actions}>
              <FileButton
                accept="image/png,image/jpeg"
                resetRef={forget}
                onChange={(file) => void take(file)}
              >
                {(props) => (
                  <Button {...props} variant="default" loading={change.isPending}>
                    {logo ? words.replace : words.choose}
                  </Button>
                )}
              </FileButton>
              {logo ? <Remove /> : null}
            </div>
          ) : null}
          {said ? (
            <p className={classes.wrong} role="alert">
              {said}
            </p>
          ) : (
            <CommandError error={change.error} />
          )}
        </div>
      </div>
    </Panel>
  );
}

function Remove() {
  const { m } = useLanguage();
  const words = m.settings.logo;
  const notify = useToast();
  const [isAsking, setAsking] = useState(false);
  const remove = useRemoveLogo();
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {words.remove}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.removeTitle}
        action={words.remove}
        tone="danger"
        isPending={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => notify({ tone: "good", text: words.removed }),
          })
        }
        onClose={() => {
          setAsking(false);
          remove.reset();
        }}
      >
        <p>{words.removeBody}</p>
      </ConfirmDialog>
    </>
  );
}
