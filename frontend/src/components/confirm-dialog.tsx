/** Asks before something that cannot be undone. The button says what happens; errors stay in view. */
import { Button, Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";

import { useLanguage } from "@/i18n";

import { CommandError } from "./command-error";
import classes from "./confirm-dialog.module.css";

interface Props {
  isOpen: boolean;
  title: string;
  /** The verb of the button: "Issue", "Make void". */
  action: string;
  tone?: "normal" | "danger";
  isPending: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function ConfirmDialog(props: Props) {
  const { m } = useLanguage();
  const confirm = (event: React.SyntheticEvent) => {
    event.preventDefault();
    props.onConfirm();
  };
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ "aria-label": m.common.actions.close }}
    >
      <form onSubmit={confirm} className={classes.body}>
        {props.children}
        <CommandError error={props.error} />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={props.onClose} disabled={props.isPending}>
            {m.common.actions.cancel}
          </Button>
          <Button
            type="submit"
            loading={props.isPending}
            {...(props.tone === "danger" && { color: "red.9" })}
          >
            {props.action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
