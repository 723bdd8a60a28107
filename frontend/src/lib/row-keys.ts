/** Keys that move between the rows of a list; each row is marked with `data-row`. */
import { type RefObject, useEffect, useRef } from "react";

import { useShortcuts } from "./shortcuts";

/** Where a row can be stopped at: a link, or what is marked so in a row that leads nowhere. */
const STOPS = "[data-row] :is(a[href], [data-row-focus])";

/** The row that has the focus, if one has. */
export function focusedRow(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;
}

/** j and k move the focus between the rows' first stops, so that Enter opens as any link does. */
export function useRowKeys(frame: RefObject<HTMLElement | null>): void {
  const links = () => [...(frame.current?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
  const firstOfEachRow = () => {
    const seen = new Set<Element | null>();
    return links().filter((link) => {
      const row = link.closest("[data-row]");
      return !seen.has(row) && seen.add(row);
    });
  };
  const move = (step: 1 | -1) => {
    const all = firstOfEachRow();
    const row = focusedRow();
    const at = row ? all.findIndex((link) => row.contains(link)) : step === 1 ? -1 : all.length;
    all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
  };
  const select = () => focusedRow()?.querySelector<HTMLElement>("[data-row-box]")?.click();
  useShortcuts({ j: () => move(1), k: () => move(-1), x: select });
}

/** When the row in hand leaves the list, the focus goes to the one that takes its place. */
export function useKeptPlace(frame: RefObject<HTMLElement | null>, items: unknown): void {
  const place = useRef(-1);
  useEffect(() => {
    const rows = frame.current?.querySelectorAll("[data-row]") ?? [];
    if (rows.length === 0 || place.current < 0 || document.activeElement !== document.body) return;
    const row = rows[Math.min(place.current, rows.length - 1)];
    row?.querySelector<HTMLElement>("a[href], [data-row-focus]")?.focus();
  }, [frame, items]);
  useEffect(() => {
    const list = frame.current;
    const note = () => {
      const rows = [...(list?.querySelectorAll("[data-row]") ?? [])];
      place.current = rows.findIndex((row) => row === focusedRow());
    };
    list?.addEventListener("focusin", note);
    return () => list?.removeEventListener("focusin", note);
  }, [frame]);
}
