/** Catches what a screen throws, says so, and offers to reload. */
import { Component, type ReactNode } from "react";

import { Alone } from "../screens/alone";
import { useWords } from "../words";
import { Button } from "./button";
import { Actions, Card } from "./parts";

interface Props {
  children: ReactNode;
}

export class Boundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const { w } = useWords();
  return (
    <Alone>
      <Card>
        <div role="alert">
          <h1>{w.errors.crashed}</h1>
          <p>{w.errors.crashedBody}</p>
        </div>
        <Actions>
          <Button kind="main" onClick={() => window.location.reload()}>
            {w.errors.reload}
          </Button>
        </Actions>
      </Card>
    </Alone>
  );
}
