/** Notices in a polite live region: a success goes by itself, an error stays until it is dismissed. */
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";

import { useLanguage } from "@/i18n";

import { Icon } from "./icon";
import classes from "./toasts.module.css";

export interface Toast {
  tone: "good" | "bad";
  text: string;
}

const SHOWN_MS = 6_000; // long enough to read two lines twice

const ToastContext = createContext<((toast: Toast) => void) | null>(null);

/** `const notify = useToast(); notify({ tone: "good", text: m.… })`. */
export function useToast(): (toast: Toast) => void {
  const notify = useContext(ToastContext);
  if (notify === null) throw new Error("useToast is used outside the providers");
  return notify;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const { m } = useLanguage();
  const [toasts, setToasts] = useState<(Toast & { id: number })[]>([]);
  const nextId = useRef(1);
  const dismiss = useCallback(
    (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)),
    [],
  );
  const notify = useCallback(
    (toast: Toast) => {
      const id = nextId.current++;
      setToasts((shown) => [...shown, { ...toast, id }]);
      if (toast.tone === "good") setTimeout(() => dismiss(id), SHOWN_MS);
    },
    [dismiss],
  );
  return (
    <ToastContext value={notify}>
      {children}
      <section className={classes.region} aria-live="polite" aria-label={m.common.toasts.label}>
        {toasts.map((toast) => (
          <div key={toast.id} className={classes.toast} data-tone={toast.tone}>
            <Icon name={toast.tone === "good" ? "check" : "warning"} size={16} />
            <span>{toast.text}</span>
            <button
              type="button"
              aria-label={m.common.toasts.dismiss}
              onClick={() => dismiss(toast.id)}
            >
              <Icon name="close" size={14} />
            </button>
          </div>
        ))}
      </section>
    </ToastContext>
  );
}
