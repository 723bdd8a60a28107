/** Asks before something that cannot be undone. The button says what happens; errors stay in view. */
import type { ReactNode } from "react";

import { Dialog, DialogForm } from "./dialog";

interface Props {
  isOpen: boolean;
  title: string;
  /** The verb of the button: "Issue", "Make void". */
  action: string;
  tone?: "normal" | "danger";
  /** `lg` for a table or a form of several columns. */
  size?: "md" | "lg";
  /** False while something must be put right first: the button does nothing. */
  isReady?: boolean;
  isPending: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function ConfirmDialog({ isOpen, title, size, onClose, ...form }: Props) {
  return (
    <Dialog isOpen={isOpen} title={title} size={size} onClose={onClose}>
      <DialogForm {...form} onClose={onClose} />
    </Dialog>
  );
}
