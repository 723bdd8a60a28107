/** Asks before something that cannot be undone. The button says what happens; errors stay in view. */
import type { ReactNode } from "react";

import { Dialog, DialogForm } from "./dialog";

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

export function ConfirmDialog({ isOpen, title, onClose, ...form }: Props) {
  return (
    <Dialog isOpen={isOpen} title={title} onClose={onClose}>
      <DialogForm {...form} onClose={onClose} />
    </Dialog>
  );
}
