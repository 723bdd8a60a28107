/** Closing a dialog drops its refusal: the next opening begins anew. */
interface Command {
  isError: boolean;
  reset: () => void;
}

export function closing(command: Command, onClose: () => void): () => void {
  return () => {
    if (command.isError) command.reset();
    onClose();
  };
}
