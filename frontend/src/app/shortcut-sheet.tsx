/** All shortcuts, and the switch that turns those of single keys off. */
import { Kbd, Modal, Switch } from "@mantine/core";
import { useState } from "react";

import { useCan } from "@/api/me";
import { useLanguage } from "@/i18n";
import { areShortcutsOn, turnShortcuts } from "@/lib/shortcuts";

import classes from "./shortcut-sheet.module.css";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

export function ShortcutSheet({ isOpen, onClose }: Props) {
  const { m } = useLanguage();
  const [isOn, setOn] = useState(areShortcutsOn);
  const words = m.common.shortcuts;
  const nav = m.common.nav;
  const canApprove = useCan("accountant");
  const groups: [string, [string, string][]][] = [
    [
      words.goTo,
      [
        ["g h", nav.home],
        ["g i", nav.invoices],
        ["g c", nav.customers],
        ["g p", nav.payments],
        ...(canApprove ? ([["g a", nav.approvals]] as [string, string][]) : []),
        ["g d", nav.agreements],
        ["g r", nav.recurring],
        ["g o", nav.outgoing],
        ["g w", nav.work],
        ["g s", nav.settings],
      ],
    ],
    [
      words.act,
      [
        ["Ctrl+K", words.palette],
        ["/", words.search],
        ["n", words.newInvoice],
        ["?", words.help],
      ],
    ],
    [
      words.lists,
      [
        ["j", words.next],
        ["k", words.previous],
        ["Enter", words.open],
        ["x", words.select],
      ],
    ],
  ];
  const turn = (state: boolean) => {
    turnShortcuts(state ? "on" : "off");
    setOn(state);
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={words.title}
      size="lg"
      closeButtonProps={{ "aria-label": m.common.actions.close }}
    >
      <div className={classes.groups}>
        {groups.map(([title, rows]) => (
          <section key={title}>
            <h3 className={classes.title}>{title}</h3>
            <dl className={classes.rows}>
              {rows.map(([keys, what]) => (
                <div key={keys} className={classes.row}>
                  <dt>{what}</dt>
                  <dd>
                    {keys.split(" ").map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        label={words.on}
        checked={isOn}
        onChange={(event) => turn(event.currentTarget.checked)}
        mt="lg"
      />
    </Modal>
  );
}
