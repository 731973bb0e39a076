import type { Purpose } from '@madoguchi/contracts/roles';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import type { Verification } from '../gateway/contract-types.ts';
import { verificationMessages } from '../messages/call-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { proxyRelationNames, purposeNames } from '../messages/names.ts';
import { ProxyDialog } from './proxy-dialog.tsx';
import { SpokenForm } from './spoken-form.tsx';
import type { VerificationForm as Form } from './use-verification.ts';
import { VerificationOutcome } from './verification-outcome.tsx';

type VerificationFormProps = {
  form: Form;
  /** What a case of this kind can be about. */
  purposes: readonly Purpose[];
  state: Verification | undefined;
  verifiedPurpose: Purpose | undefined;
  /** False until the desk's conditions are met. */
  ready: boolean;
  proxyOpen: boolean;
  setProxyOpen: (open: boolean) => void;
  onRefer: () => void;
};

export function VerificationForm(props: VerificationFormProps): ReactNode {
  const { form, purposes, state, verifiedPurpose, ready, proxyOpen, setProxyOpen, onRefer } = props;
  const { t } = useLanguage();
  const { proxy, purpose, items } = form.draft;
  const closed = verifiedPurpose === undefined && state?.outcome === 'closed';
  const inquiry = purpose === 'inquiry';
  return (
    <>
      <form
        className="verification__form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !inquiry && !closed) void form.submit();
        }}
      >
        <Choices
          label={t(verificationMessages.purpose)}
          value={purpose}
          options={purposes.map((value) => ({ value, label: t(purposeNames[value]) }))}
          onChoose={form.setPurpose}
          digits
        />
        <SpokenForm items={items} sent={form.sent} state={state} onItem={form.setItem} />
        <div className="row row--spread">
          <Button kind="quiet" onClick={() => setProxyOpen(true)}>
            {proxy === undefined
              ? t(verificationMessages.proxyEdit)
              : `${t(verificationMessages.proxy)}:${t(proxyRelationNames[proxy.relation])}`}
          </Button>
          <Button
            kind="quiet"
            busy={form.busy || inquiry || closed || verifiedPurpose !== undefined}
            onClick={() => void form.search()}
          >
            {t(verificationMessages.search)}
          </Button>
          <Button
            type="submit"
            kind="primary"
            hint="Enter"
            busy={form.busy || !ready || inquiry || closed}
          >
            {t(form.busy ? verificationMessages.checking : verificationMessages.check)}
          </Button>
        </div>
      </form>
      <VerificationOutcome
        {...{ state, verifiedPurpose, inquiry, onRefer }}
        found={form.found}
        problem={form.problem}
      />
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
    </>
  );
}
