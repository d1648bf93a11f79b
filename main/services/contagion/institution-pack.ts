import type { BookContents } from '../../domain/book.ts';
import type { Bracket, FinancialSystem, Institution } from '../../domain/system.ts';
import type { InstitutionTies } from '../../engine/contagion/failure/fail-institution.ts';
import type { InstitutionNetwork } from '../../engine/contagion/failure/institution-network.ts';

/** An institution as the book meets it. */
export type BookInstitution = Omit<Institution, 'venueIds' | 'issuers' | 'isAssumed'> & {
  readonly kind: 'venue' | 'issuer' | 'both';
  /** Nothing is recorded of it: its brackets follow from what the book has there. */
  readonly isUnknown: boolean;
  readonly isAssumed: boolean;
};

/** The two ends of what is not known: much capital, few claims and sales, or the opposite. */
export type SystemEnd = 'mild' | 'severe';

/** The system around one book, by index. */
export type InstitutionPack = {
  readonly institutions: readonly BookInstitution[];
  readonly ties: InstitutionTies;
  readonly network: Readonly<Record<SystemEnd, InstitutionNetwork>>;
  /** Coins that the failure of each brings to market, by asset id, USD. */
  readonly salesUsd: (institution: number, assetId: string, end: SystemEnd) => number;
};

/** What a venue or token without an entry is given, as multiples of the book's assets. */
const UNKNOWN = { obligations: { low: 1, high: 100 }, capital: { low: 0.01, high: 10 } } as const;

/**
 * Joins the book's venues and issuers with what is recorded of them. A token without an issuer is its own; a claim on a lending market
 * is its venue's. Base assets have nobody who could fail.
 *
 * @param bookUsd the book's assets: the scale of an institution without an entry
 */
export function packInstitutions(contents: BookContents, system: FinancialSystem, bookUsd: number): InstitutionPack {
  const institutions: BookInstitution[] = [];
  const indexOf = new Map<string, number>();
  const place = (kind: 'venue' | 'issuer', key: string, name: string): number => {
    const known = system.institutions.find((each) => (kind === 'venue' ? each.venueIds : each.issuers).includes(key));
    const id = known?.id ?? key;
    const at = indexOf.get(id);
    if (at !== undefined) {
      const there = institutions[at];
      if (there !== undefined && there.kind !== kind) institutions[at] = { ...there, kind: 'both' };
      return at;
    }
    indexOf.set(id, institutions.length);
    institutions.push(known === undefined ? unknownInstitution({ id, name, kind }, bookUsd) : { ...known, kind, isUnknown: false });
    return institutions.length - 1;
  };
  const venueInstitution = Int32Array.from(contents.venues, (venue) => place('venue', venue.id, venue.name));
  const ownIssuer = contents.assets.map((asset) => {
    if (asset.kind === 'base') return -1;
    const lender = asset.kind === 'debtClaim' ? (asset.marketId?.split('/')[0] ?? '') : '';
    const venue = contents.venues.findIndex((each) => each.id === lender);
    if (venue >= 0) return venueInstitution[venue] ?? -1;
    return place('issuer', asset.issuer ?? asset.id, asset.issuer ?? asset.name);
  });
  const issuerInstitution = Int32Array.from(contents.assets, (_, i) => {
    const own = ownIssuer[i] ?? -1;
    return own >= 0 && backingOf(contents, i).some((backing) => ownIssuer[backing] === own) ? -1 : own;
  });
  return {
    institutions,
    ties: { venueInstitution, issuerInstitution },
    network: { mild: networkOf(institutions, system, 'mild'), severe: networkOf(institutions, system, 'severe') },
    salesUsd: (index, assetId, end) => {
      const each = institutions[index];
      if (each === undefined) return 0;
      const sold = system.saleOnFailureFraction;
      return at(each.obligationsUsd, end, 'worse') * (each.coinShares[assetId] ?? 0) * (end === 'mild' ? sold.low : sold.high);
    },
  };
}

function unknownInstitution(
  { id, name, kind }: { readonly id: string; readonly name: string; readonly kind: 'venue' | 'issuer' },
  bookUsd: number,
): BookInstitution {
  const scale = Math.max(1, bookUsd);
  const times = ({ low, high }: Bracket): Bracket => ({ low: low * scale, high: high * scale });
  return {
    id,
    name,
    kind,
    obligationsUsd: times(UNKNOWN.obligations),
    capitalUsd: times(UNKNOWN.capital),
    coinShares: {},
    source: 'no entry: obligations of one to a hundred times the assets of this book, capital of a hundredth to ten times',
    isAssumed: true,
    isUnknown: true,
  };
}

/** One end of a bracket: more of it makes the failure `better` or `worse`. */
function at({ low, high }: Bracket, end: SystemEnd, more: 'better' | 'worse'): number {
  return (end === 'mild') === (more === 'better') ? high : low;
}

function networkOf(institutions: readonly BookInstitution[], system: FinancialSystem, end: SystemEnd): InstitutionNetwork {
  const n = institutions.length;
  const claimsUsd = new Float64Array(n * n);
  for (const claim of system.claims) {
    const creditor = institutions.findIndex(({ id }) => id === claim.creditorId);
    const debtor = institutions.findIndex(({ id }) => id === claim.debtorId);
    if (creditor >= 0 && debtor >= 0) claimsUsd[creditor * n + debtor] = at(claim.amountUsd, end, 'worse');
  }
  return {
    obligationsUsd: Float64Array.from(institutions, ({ obligationsUsd }) => at(obligationsUsd, end, 'worse')),
    capitalUsd: Float64Array.from(institutions, ({ capitalUsd }) => at(capitalUsd, end, 'better')),
    claimsUsd,
  };
}

/** Everything an asset is backed by, through all claims. */
function backingOf({ assets }: BookContents, asset: number): number[] {
  const found = new Set<number>();
  const open = [asset];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { assetId } of assets[next]?.backing ?? []) {
      const index = assets.findIndex(({ id }) => id === assetId);
      if (index < 0 || found.has(index)) continue;
      found.add(index);
      open.push(index);
    }
  }
  return [...found];
}
