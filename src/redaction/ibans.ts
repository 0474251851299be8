import type { Match } from './plain.ts';

/** Lengths by country, from the SWIFT IBAN registry. */
const lengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ' +
    'ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 ' +
    'LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 ' +
    'PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const opening = /(?:(?<![a-z])|(?<=iban))[a-z]{2}[ .-]{0,2}\d[ .-]{0,2}\d/gi;

/** IBANs in a plain text: of a country that has them, as long as there, with the right check digits. */
export function findIbans(plain: string): readonly Match[] {
  return [...plain.matchAll(opening)].flatMap(({ 0: begin, index }) => {
    const length = lengths.get(begin.slice(0, 2).toUpperCase());
    const end = length === undefined ? null : endOf(plain, index, length);
    if (end === null || !checks(plain.slice(index, end))) return [];
    return [{ start: index, end, kind: 'iban' as const, label: '[IBAN removed]' }];
  });
}

/** Where this many letters and digits end, with up to two separators between any two. */
function endOf(plain: string, start: number, length: number): number | null {
  let [count, gap] = [0, 0];
  for (let i = start; i < plain.length && gap <= 2; i++) {
    const character = plain[i] ?? '';
    if (/[a-z0-9]/i.test(character)) [count, gap] = [count + 1, 0];
    else if (/[\s./_-]/.test(character)) gap++;
    else return null;
    if (count === length) return /[a-z0-9]/i.test(plain[i + 1] ?? '') ? null : i + 1;
  }
  return null;
}

/** ISO 13616: the first four characters go to the end, letters count from A = 10, and the number modulo 97 is 1. */
function checks(written: string): boolean {
  const iban = written.replaceAll(/[^a-z0-9]/gi, '');
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
