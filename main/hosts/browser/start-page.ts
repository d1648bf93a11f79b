/** The page behind the one-time link: takes the token out of the address and exchanges it for a session. */
export const START_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Interlock</title>
    <style>body { font: 16px/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 32rem; padding: 0 1rem; color-scheme: light dark; }</style>
    <script type="module" src="/start.js"></script>
  </head>
  <body>
    <p role="status">Opening the workstation …</p>
  </body>
</html>
`;

/** What the page does. Whatever else the address carries (a screen to open) is kept. */
export const START_SCRIPT = `const wishes = new URLSearchParams(location.hash.slice(1));
const token = wishes.get('token') ?? '';
wishes.delete('token');
history.replaceState(null, '', '/start');
const answer = await fetch('/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) });
await answer.text();
if (answer.ok) {
  const rest = wishes.toString();
  location.replace(rest === '' ? '/' : '/#' + rest);
} else {
  document.querySelector('p').textContent = answer.status === 429
    ? 'Too many wrong links. Wait a minute, then open the link from the terminal again.'
    : 'This link has been used or is too old. Press Enter in the terminal where Interlock runs to get a new one.';
}
`;
