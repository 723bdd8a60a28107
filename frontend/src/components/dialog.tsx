/**
 * A dialog that does one thing. Its content lives only while it is open, so each opening begins anew;
 * the command lives outside, so that a second try after an uncertain failure carries the same key.
 */
import { Button, Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";

import { useLanguage } from "@/i18n";

import { CommandError } from "./command-error";
import classes from "./dialog.module.css";

interface DialogProps {
  isOpen: boolean;
  title: string;
  /** `lg` for a table or a form of several columns. */
  size?: "md" | "lg" | undefined;
  onClose: () => void;
  children: ReactNode;
}

export function Dialog({ isOpen, title, size = "md", onClose, children }: DialogProps) {
  const { m } = useLanguage();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ "aria-label": m.common.actions.close }}
    >
      {children}
    </Modal>
  );
}

interface FormProps {
  /** The verb of the button: "Issue", "Make void". */
  action: string;
  tone?: "normal" | "danger" | undefined;
  isPending: boolean;
  /** False while something must be put right first: the button does nothing. */
  isReady?: boolean | undefined;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** What a dialog asks, why it was refused, and its two buttons. */
export function DialogForm({ isReady = true, ...props }: FormProps) {
  const { m } = useLanguage();
  const confirm = (event: React.SyntheticEvent) => {
    event.preventDefault();
    if (isReady) props.onConfirm();
  };
  return (
    <form onSubmit={confirm} className={classes.body} noValidate>
      {props.children}
      <CommandError error={props.error} />
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button variant="default" onClick={props.onClose} disabled={props.isPending}>
          {m.common.actions.cancel}
        </Button>
        <Button
          type="submit"
          loading={props.isPending}
          disabled={!isReady}
          {...(props.tone === "danger" && { color: "red.9" })}
        >
          {props.action}
        </Button>
      </Group>
    </form>
  );
}
