import type { ReactElement } from 'react';
import { toast } from 'sonner';
import type { Failure } from '../../main/domain/failure.ts';
import { failureTitle } from '../format/failure.ts';
import { Button } from './button.tsx';
import { HalfMark } from './half-mark.tsx';

export type Notice = {
  readonly tone: 'safe' | 'watch' | 'danger' | 'info';
  /** Takes the place of a notice of the same name. */
  readonly id?: string;
  /** The fact, bold. */
  readonly fact: string;
  /** One line of reason. */
  readonly reason?: string;
  readonly action?: { readonly title: string; readonly run: () => void };
};

const SHOWN_MS = 6000;
const glyphs = { safe: '●', danger: '◆', info: '●' } as const;

/** Says that something happened, bottom right. Danger stays until it is dismissed. */
export function notify(notice: Notice): void {
  toast.custom((id) => <NoticeCard notice={notice} onClose={() => toast.dismiss(id)} />, {
    duration: notice.tone === 'danger' ? Infinity : SHOWN_MS,
    ...(notice.id === undefined ? {} : { id: notice.id }),
  });
}

/** Takes a named notice away that is no longer so. */
export function withdrawNotice(id: string): void {
  toast.dismiss(id);
}

/** Says what failed and what to do. */
export function notifyFailure(failure: Failure): void {
  if (failure.reason === 'cancelled') {
    notify({ tone: 'watch', fact: 'Cancelled', reason: 'Nothing was changed.' });
    return;
  }
  notify({
    tone: 'danger',
    fact: failureTitle(failure),
    reason: [failure.message, failure.remedy].filter((part) => part !== undefined).join(' '),
  });
}

function NoticeCard({ notice, onClose }: { readonly notice: Notice; readonly onClose: () => void }): ReactElement {
  const { action } = notice;
  return (
    <div className={`notice notice-${notice.tone}`} role="status">
      <span className="notice-mark" aria-hidden="true">
        {notice.tone === 'watch' ? <HalfMark /> : glyphs[notice.tone]}
      </span>
      <div className="notice-words">
        <strong>{notice.fact}</strong>
        {notice.reason !== undefined && <p>{notice.reason}</p>}
      </div>
      {action !== undefined && (
        <Button
          tone="link"
          onClick={() => {
            action.run();
            onClose();
          }}
        >
          {action.title}
        </Button>
      )}
      <button type="button" className="notice-close" aria-label="Dismiss" onClick={onClose}>
        ×
      </button>
    </div>
  );
}
