/** Catches what a screen throws, says so, and offers to reload. The rest of the shell stays. */
import { Component, type ReactNode } from "react";

import { CrashNote } from "@/components/crash-note";

interface Props {
  children: ReactNode;
  /** A new value (the path) clears the error. */
  resetOn?: string;
}

interface State {
  error: Error | null;
  resetOn: string | undefined;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetOn: this.props.resetOn };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetOn === state.resetOn ? null : { error: null, resetOn: props.resetOn };
  }

  override render() {
    const { error } = this.state;
    return error === null ? this.props.children : <CrashNote text={error.message} />;
  }
}
