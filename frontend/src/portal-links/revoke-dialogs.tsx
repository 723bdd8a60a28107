/** End one link, or all of a customer: they open nothing any more, at once. */
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Consequences } from "@/components/consequences";
import { useToast } from "@/components/toasts";
import { useLanguage } from "@/i18n";

import { useRevokeLink, useRevokeLinks } from "./portal-links-api";

interface OneProps {
  customerId: string;
  link: { id: string; name: string };
  isOpen: boolean;
  onClose: () => void;
}

export function RevokeLinkDialog({ customerId, link, isOpen, onClose }: OneProps) {
  const { m } = useLanguage();
  const words = m.portal.revoke;
  const notify = useToast();
  const revoke = useRevokeLink(customerId, link.id);
  const close = () => {
    revoke.reset();
    onClose();
  };
  const confirm = () =>
    revoke.mutate(undefined, {
      onSuccess: () => {
        close();
        notify({ tone: "good", text: words.done });
      },
    });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={words.one}
      action={words.action}
      tone="danger"
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={confirm}
      onClose={close}
    >
      <Consequences lines={[words.oneBody(link.name), words.next]} />
    </ConfirmDialog>
  );
}

interface AllProps {
  customer: { id: string; name: string };
  isOpen: boolean;
  onClose: () => void;
}

export function RevokeLinksDialog({ customer, isOpen, onClose }: AllProps) {
  const { m } = useLanguage();
  const words = m.portal.revoke;
  const notify = useToast();
  const revoke = useRevokeLinks(customer.id);
  const close = () => {
    revoke.reset();
    onClose();
  };
  const confirm = () =>
    revoke.mutate(undefined, {
      onSuccess: ({ revoked }) => {
        close();
        notify({ tone: "good", text: words.doneAll(revoked) });
      },
    });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={words.all}
      action={words.action}
      tone="danger"
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={confirm}
      onClose={close}
    >
      <Consequences lines={[words.allBody(customer.name), words.next]} />
    </ConfirmDialog>
  );
}
