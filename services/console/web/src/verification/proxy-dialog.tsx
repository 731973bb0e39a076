import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Choices } from '../design/choices.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import type { Proxy, ProxyRelation } from '../gateway/contract-types.ts';
import { verificationMessages } from '../messages/call-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { proxyRelationNames } from '../messages/names.ts';

type ProxyDialogProps = {
  proxy: Proxy | undefined;
  onSave: (proxy: Proxy | undefined) => void;
  onClose: () => void;
};

const RELATIONS = Object.keys(proxyRelationNames) as ProxyRelation[];

/** Records who speaks for the resident; the resident's own items must match all the same. */
export function ProxyDialog({ proxy, onSave, onClose }: ProxyDialogProps): ReactNode {
  const { t } = useLanguage();
  const [name, setName] = useState(proxy?.name ?? '');
  const [relation, setRelation] = useState<ProxyRelation>(proxy?.relation ?? 'parent');
  const [authority, setAuthority] = useState(proxy?.authority ?? '');
  const save = (): void => {
    if (name.trim() === '') return;
    const ground = authority.trim();
    onSave({ name: name.trim(), relation, ...(ground === '' ? {} : { authority: ground }) });
  };
  return (
    <Dialog title={t(verificationMessages.proxyTitle)} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label={t(verificationMessages.proxyName)}
          value={name}
          onText={setName}
          maxLength={100}
          bare
          data-first-focus
        />
        <Choices
          label={t(verificationMessages.proxyRelation)}
          value={relation}
          options={RELATIONS.map((value) => ({ value, label: t(proxyRelationNames[value]) }))}
          onChoose={setRelation}
          digits
        />
        <TextField
          label={t(verificationMessages.proxyAuthority)}
          value={authority}
          onText={setAuthority}
          maxLength={200}
          bare
        />
        <div className="dialog__actions">
          {proxy === undefined ? null : (
            <Button kind="danger" onClick={() => onSave(undefined)}>
              {t(verificationMessages.proxyRemove)}
            </Button>
          )}
          <Button hint="Esc" onClick={onClose}>
            {t(general.cancel)}
          </Button>
          <Button type="submit" kind="primary" hint="Enter">
            {t(verificationMessages.proxySave)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
