/** Change somebody's role, and take away or give back their access. */
import { Button } from "@mantine/core";
import { useState } from "react";

import type { PersonChange, PersonRow } from "@/api/models";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";

import { RoleSelect } from "./role-select";
import { useChangePerson } from "./settings-api";

type Asked = "role" | "deactivate" | "activate";

export function PersonActions({ person }: { person: PersonRow }) {
  const { m } = useLanguage();
  const words = m.settings.person;
  const notify = useToast();
  const change = useChangePerson(person.email);
  const [asked, setAsked] = useState<Asked>("role");
  const [isAsking, setAsking] = useState(false);
  const [role, setRole] = useState(person.role);
  const ask = (what: Asked) => {
    change.reset();
    setRole(person.role);
    setAsked(what);
    setAsking(true);
  };
  const questions = {
    role: {
      title: words.changeTitle(person.name),
      action: words.change,
      change: { role } satisfies PersonChange,
      done: words.changed(person.name),
    },
    deactivate: {
      title: words.deactivateTitle(person.name),
      action: words.deactivate,
      change: { active: false } satisfies PersonChange,
      done: words.deactivated(person.name),
    },
    activate: {
      title: words.activate,
      action: words.activate,
      change: { active: true } satisfies PersonChange,
      done: words.activated(person.name),
    },
  };
  const question = questions[asked];
  const confirm = () =>
    change.mutate(question.change, {
      onSuccess: () => {
        setAsking(false);
        notify({ tone: "good", text: question.done });
      },
    });
  return (
    <>
      {person.active ? (
        <>
          <Button size="xs" variant="default" onClick={() => ask("role")}>
            {words.change}
          </Button>
          <Button size="xs" variant="default" onClick={() => ask("deactivate")}>
            {words.deactivate}
          </Button>
        </>
      ) : (
        <Button size="xs" variant="default" onClick={() => ask("activate")}>
          {words.activate}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title={question.title}
        action={question.action}
        tone={asked === "deactivate" ? "danger" : "normal"}
        isPending={change.isPending}
        error={change.error}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      >
        {asked === "role" ? (
          <RoleSelect label={words.role} value={role} onChange={setRole} />
        ) : (
          <p>{asked === "deactivate" ? words.deactivateBody : person.email}</p>
        )}
      </ConfirmDialog>
    </>
  );
}
