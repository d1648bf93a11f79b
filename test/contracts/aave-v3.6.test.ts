import { RELEASE_3_6 } from '../support/chain/aave/release-3.6.ts';
import { claimsOfPool } from './pool-claims.ts';

claimsOfPool(RELEASE_3_6);
