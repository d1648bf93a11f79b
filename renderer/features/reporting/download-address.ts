/** Where the browser host serves a written report; null for one that was written outside its reports folder. */
export function downloadAddress(path: string): string | null {
  const parts = path.split(/[/\\]/);
  const at = parts.lastIndexOf('reports');
  if (at === -1 || at === parts.length - 1) return null;
  return `/reports/${parts
    .slice(at + 1)
    .map(encodeURIComponent)
    .join('/')}`;
}
