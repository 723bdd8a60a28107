/** After a refusal the focus goes to the first field that is wrong. */
import { type RefObject, useEffect } from "react";

/** Focus the first invalid field of the form each time `occasion` changes to something. */
export function useFocusFirstError(form: RefObject<HTMLElement | null>, occasion: unknown): void {
  useEffect(() => {
    if (occasion === null || occasion === undefined) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, occasion]);
}
