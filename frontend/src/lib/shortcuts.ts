/** Keyboard shortcuts: single keys and two-key sequences ("g h"), silent in fields and under dialogs. */
import { useEffect, useRef } from "react";

export type Shortcuts = Record<string, () => void>;

const SEQUENCE_MS = 1_000;
const STORAGE = "saldo.shortcuts";
const active: { current: Shortcuts }[] = [];
let pending = { key: "", at: 0 };

/** Whether the person wants shortcuts of single keys (WCAG 2.1.4 asks for a way to turn them off). */
export function areShortcutsOn(): boolean {
  return localStorage.getItem(STORAGE) !== "off";
}

export function turnShortcuts(state: "on" | "off"): void {
  localStorage.setItem(STORAGE, state);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function find(keys: string): (() => void) | undefined {
  for (const { current } of active.toReversed()) {
    if (current[keys]) return current[keys];
  }
  return undefined;
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || !areShortcutsOn()) return;
  if (document.querySelector('[role="dialog"]') !== null) return;
  const isSecond = event.timeStamp - pending.at < SEQUENCE_MS;
  const run = (isSecond ? find(`${pending.key} ${event.key}`) : undefined) ?? find(event.key);
  pending = { key: event.key, at: event.timeStamp };
  if (run === undefined) return;
  event.preventDefault();
  pending = { key: "", at: 0 };
  run();
}

/** Listen to these keys while the component is shown; the newest listener of a key wins. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    if (active.length === 0) document.addEventListener("keydown", onKey);
    active.push(latest);
    return () => {
      active.splice(active.indexOf(latest), 1);
      if (active.length === 0) document.removeEventListener("keydown", onKey);
    };
  }, []);
}
