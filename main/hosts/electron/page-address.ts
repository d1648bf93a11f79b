/** The page's own origin; nothing else is ever loaded. */
export const PAGE_SCHEME = 'app';
export const PAGE_ORIGIN = 'app://interlock';
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;
