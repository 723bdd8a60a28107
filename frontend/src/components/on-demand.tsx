/**
 * A dialog whose code is fetched when it is first opened: most visits to a screen open none. It then
 * stays, because its command must outlive its closing; and as it lies over the page, nothing moves.
 */
import { useMounted } from "@mantine/hooks";
import { type ComponentType, createElement, lazy, Suspense, useState } from "react";

interface Opens {
  isOpen: boolean;
}

export function onDemand<Props extends Opens>(load: () => Promise<ComponentType<Props>>) {
  const Arriving = lazy(async () => ({ default: arriving(await load()) }));
  return function OnDemand(props: Props) {
    const [wasOpened, setWasOpened] = useState(false);
    if (props.isOpen && !wasOpened) setWasOpened(true);
    return wasOpened ? (
      <Suspense fallback={null}>{createElement(Arriving as ComponentType<Props>, props)}</Suspense>
    ) : null;
  };
}

/** Opened only after it is there, so that it notes where the focus was and gives it back. */
function arriving<Props extends Opens>(Dialog: ComponentType<Props>) {
  return function Arriving(props: Props) {
    const isThere = useMounted();
    return createElement(Dialog, { ...props, isOpen: props.isOpen && isThere });
  };
}
