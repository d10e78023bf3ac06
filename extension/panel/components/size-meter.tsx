import type { SizeMeter as Size } from '../model/view.ts';

export function SizeMeter({ size }: { size: Size }) {
  const percent = Math.round(size.share * 100);
  return (
    <div class={size.warning === null ? 'meter' : 'meter warn'}>
      <div
        class="meter-track"
        role="meter"
        aria-label="Recorded size"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={size.text}
      >
        <div class="meter-fill" style={{ width: `${size.share * 100}%` }} />
      </div>
      <span class="meter-text">{size.text}</span>
    </div>
  );
}
