import type { Purpose } from '@madoguchi/contracts/roles';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import type { Verification } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';
import { verificationMessages } from '../messages/call-messages.ts';
import { general } from '../messages/general-messages.ts';
import { groupMessages } from '../messages/group-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { proxyRelationNames } from '../messages/names.ts';
import { ProxyDialog } from '../verification/proxy-dialog.tsx';
import { SpokenForm } from '../verification/spoken-form.tsx';
import { useVerification } from '../verification/use-verification.ts';

type AddMemberDialogProps = { purpose: Purpose; onClose: () => void };

/** Verifies one more person of the same call; whoever is verified already stays so. */
export function AddMemberDialog({ purpose, onClose }: AddMemberDialogProps): ReactNode {
  const { t } = useLanguage();
  const gateway = useGateway();
  const [proxyOpen, setProxyOpen] = useState(false);
  const form = useVerification(
    {
      search: gateway.searchCandidates,
      verify: async (request) => {
        const answer = await gateway.verifyPerson({ ...request, purpose, alongside: true });
        if (answer.ok && answer.value.outcome === 'confirmed') onClose();
        return answer;
      },
    },
    purpose,
  );
  const { proxy } = form.draft;
  return (
    <Dialog title={t(groupMessages.addMember)} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
      >
        <SpokenForm
          items={form.draft.items}
          sent={form.sent}
          state={form.answer}
          onItem={form.setItem}
        />
        <ProblemNotice problem={form.problem} />
        <Outcome answer={form.answer} />
        <div className="dialog__actions">
          <Button kind="quiet" onClick={() => setProxyOpen(true)}>
            {proxy === undefined
              ? t(verificationMessages.proxyEdit)
              : t(proxyRelationNames[proxy.relation])}
          </Button>
          <Button hint="Esc" onClick={onClose}>
            {t(general.cancel)}
          </Button>
          <Button type="submit" kind="primary" hint="Enter" busy={form.busy}>
            {t(form.busy ? verificationMessages.checking : verificationMessages.check)}
          </Button>
        </div>
      </form>
      {proxyOpen ? (
        <ProxyDialog
          proxy={proxy}
          onSave={(next) => {
            form.setProxy(next);
            setProxyOpen(false);
          }}
          onClose={() => setProxyOpen(false)}
        />
      ) : null}
    </Dialog>
  );
}

function Outcome({ answer }: { answer: Verification | undefined }): ReactNode {
  const { t } = useLanguage();
  switch (answer?.outcome) {
    case undefined:
    case 'confirmed':
      return null;
    case 'more-needed':
      return <Notice tone="key">{t(groupMessages.memberMoreNeeded)}</Notice>;
    case 'closed':
      return (
        <Notice tone="warn" say>
          {t(verificationMessages.closed)}
        </Notice>
      );
    case 'moved-away':
      return <Notice tone="key">{t(verificationMessages.movedAwayUnknown)}</Notice>;
    case 'not-confirmed':
      return (
        <Notice tone="warn">
          {t(groupMessages.memberNotConfirmed, { count: answer.triesLeft })}
        </Notice>
      );
  }
}
