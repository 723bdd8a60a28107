/** The secret of a key that was made just now, shown this once. */
import { Button, CopyButton, Group, Modal } from "@mantine/core";

import { Icon } from "@/components/icon";
import { useLanguage } from "@/i18n";

import classes from "./settings.module.css";

/** Closed only on purpose: neither a click beside it nor Escape loses the secret. */
export function KeySecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { m } = useLanguage();
  const words = m.settings.key;
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.shownOnce}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <p>{words.shownBody}</p>
      <code className={classes.secret}>{secret}</code>
      <Group justify="flex-end" gap="xs" mt="md">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <Icon name="check" size={16} /> : null}
              data-autofocus
            >
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{words.done}</Button>
      </Group>
    </Modal>
  );
}
