import { homedir } from 'node:os';

/** Fields whose name says that their value is a secret. No schema of a book has one; a file that was edited by hand may. */
const SECRET_NAME = /^(api_?key|api_?secret|secret|token|password|passphrase|private_?key|authorization)$/i;
/** Credentials inside a text: user and password of an address, a query parameter, a bearer token. */
const SECRET_TEXT: readonly (readonly [RegExp, string])[] = [
  [/(:\/\/)[^/\s:@]+:[^/\s@]+@/g, '$1…@'],
  [/([?&;](?:api_?key|key|token|secret|signature|password|access_token)=)[^&\s#]+/gi, '$1…'],
  [/\b(Bearer )[A-Za-z0-9._~+/-]{8,}=*/g, '$1…'],
];

/**
 * The same value with every secret and the name of the home folder taken out of its texts. Numbers, names and order stay, so that nothing
 * that is computed from it changes. Taking out twice changes nothing more.
 */
export function withoutSecrets<T>(value: T, home = homedir()): T {
  return clean(value, home) as T;
}

function clean(value: unknown, home: string): unknown {
  if (typeof value === 'string') return cleanText(value, home);
  if (Array.isArray(value)) return value.map((item) => clean(item, home));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, SECRET_NAME.test(key) && typeof item === 'string' ? '…' : clean(item, home)]),
  );
}

function cleanText(text: string, home: string): string {
  // A home of '/' names nobody, and every path begins with it.
  const homeless = home.length > 1 ? text.replaceAll(home, '~') : text;
  return SECRET_TEXT.reduce((left, [pattern, put]) => left.replace(pattern, put), homeless);
}
