import { goalText, isMet, shareOfGoal } from '../goal.ts';
import type { Reading } from '../measurement.ts';
import { shown } from './numbers.ts';

const width = 960;
const rowHeight = 30;
const top = 64;
const labelWidth = 430;
const scale = { left: labelWidth + 16, right: width - 190 } as const;

/** The bars' ends: a hundredth of what the goal allows, and twice as much. */
const least = 0.01;
const most = 2;

/**
 * The readings as an SVG without scripts: a bar each, as long as what it takes of what its goal allows, on a logarithmic scale.
 * It brings a background of its own, so that it can be read wherever it stands.
 */
export function pictureOf(readings: readonly Reading[], subtitle: string): string {
  const height = top + readings.length * rowHeight + 40;
  const goalX = x(1);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title subtitle">`,
    `<title id="title">What aci-job-launcher takes of what its goals allow</title>`,
    `<desc id="subtitle">${escaped(subtitle)}</desc>`,
    `<style>${style}</style>`,
    `<rect class="ground" width="${width}" height="${height}" rx="8"/>`,
    `<text class="head" x="16" y="28">Shorter is better: the share of what the goal allows, on a logarithmic scale</text>`,
    `<text class="note" x="16" y="48">${escaped(subtitle)}</text>`,
    ...readings.map((reading, index) => bar(reading, top + index * rowHeight)),
    `<line class="goal" x1="${goalX}" x2="${goalX}" y1="${top - 6}" y2="${height - 30}"/>`,
    `<text class="note" x="${goalX}" y="${height - 14}" text-anchor="middle">goal</text>`,
    '</svg>',
  ].join('\n')}\n`;
}

const style = [
  'text{font:13px system-ui,sans-serif;fill:#1f2328}',
  '.head{font-weight:600}.note{fill:#59636e}',
  '.ground{fill:#fff;stroke:#d1d9e0}.met{fill:#1a7f37}.missed{fill:#cf222e}',
  '.goal{stroke:#1f2328;stroke-width:1.5;stroke-dasharray:4 3}',
  '@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.note{fill:#9198a1}.ground{fill:#0d1117;stroke:#3d444d}',
  '.met{fill:#3fb950}.missed{fill:#f85149}.goal{stroke:#f0f6fc}}',
].join('');

function bar({ what, value, unit, goal }: Reading, y: number): string {
  const end = x(shareOfGoal(goal, value));
  const middle = y + rowHeight / 2;
  const verdict = isMet(goal, value) ? 'met' : 'missed';
  return [
    `<text x="${labelWidth}" y="${middle + 4}" text-anchor="end">${escaped(what)}</text>`,
    `<rect class="${verdict}" x="${scale.left}" y="${y + 7}" width="${end - scale.left}" height="${rowHeight - 14}" rx="2"/>`,
    `<text x="${scale.right + 12}" y="${middle + 4}">${escaped(`${shown(value)}${unit} (${goalText(goal, unit)})`)}</text>`,
  ].join('\n');
}

function x(share: number): number {
  const part = Math.log(clamped(share) / least) / Math.log(most / least);
  return Math.round(scale.left + part * (scale.right - scale.left));
}

/** A bar of nothing could not be seen. */
function clamped(share: number): number {
  return Math.min(Math.max(share, least * 1.05), most);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
