/**
 * Unicode as Go 1.26 knows it. Its version is 15.0, with fewer characters than a newer JavaScript
 * engine has, and it looks up class names (`\p{Greek}`) in its own way.
 */

/**
 * Characters that version 15.0 does not assign. These are whole gaps, so that an engine with a
 * newer version changes nothing.
 */
const NOT_IN_UNICODE_15 = new RegExp(
  `[${`
    088f-0897 0c5b 0c5c 0cd7-0cdc 1acf-1aff 1b4d-1b4f 1b7f 1c89-1c8f 20c1-20cf 2427-243f 2b96 2ffc-2fff 31e4-31ef
    a7cb-a7cf a7d2 a7d4 a7da-a7f1 fbc3-fbd2 fd90 fd91 fdc8-fdce 105bd-105ff 10940-1097f 10d3a-10e5f 10eb2-10efc
    11375-113ff 116ca-116ff 11b0a-11bff 11daa-11edf 11f5a-11faf 13456-143ff 14647-167ff 16b90-16e3f 16e9b-16eff
    16ff2-16fff 187f8-187ff 18cd6-18cff 18d09-1afef 1bca0-1ceff 1e4fa-1e7df 1f6d8-1f6db 1f777-1f77a 1f8b2-1f8ff
    1fa54-1fa5f 1fa89-1fa8f 1fabe 1fac6-1facd 1fadc-1fadf 1fae9-1faef 1fbcb-1fbef 1fbfa-1ffff 2b73a-2b73f 2cea2-2ceaf
    2ebe1-2f7ff 323b0-e00ff
  `
    .replace(/[\da-f]+/g, '\\u{$&}')
    .replace(/\s/g, '')}]`,
  'u',
)

/** Letters, marks, numbers, punctuation, symbols and the ASCII space (strconv.IsPrint). */
export function isPrintable(character: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character) && !NOT_IN_UNICODE_15.test(character)
}

const CLASS_NAMES = new Set(
  `
    Any Ascii Assigned
    C Cc Cf Cn Co Cs L Lc Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs

    Casedletter Closepunctuation Cntrl Combiningmark Connectorpunctuation Control Currencysymbol Dashpunctuation
    Decimalnumber Digit Enclosingmark Finalpunctuation Format Initialpunctuation Letter Letternumber Lineseparator
    Lowercaseletter Mark Mathsymbol Modifierletter Modifiersymbol Nonspacingmark Number Openpunctuation Other
    Otherletter Othernumber Otherpunctuation Othersymbol Paragraphseparator Privateuse Punct Punctuation Separator
    Spaceseparator Spacingmark Surrogate Symbol Titlecaseletter Unassigned Uppercaseletter

    Adlam Ahom Arabic Armenian Avestan Balinese Bamum Batak Bengali Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid
    Carian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cyrillic Deseret Devanagari Dogra Duployan
    Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gurmukhi Han Hangul Hanunoo Hatran
    Hebrew Hiragana Inherited Javanese Kaithi Kannada Katakana Kawi Kharoshthi Khmer Khojki Khudawadi Lao Latin Lepcha
    Limbu Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen Medefaidrin Miao Modi Mongolian Mro
    Multani Myanmar Nabataean Nandinagari Newa Nko Nushu Ogham Oriya Osage Osmanya Palmyrene Phoenician Rejang Runic
    Samaritan Saurashtra Sharada Shavian Siddham Sinhala Sogdian Soyombo Sundanese Syriac Tagalog Tagbanwa Takri Tamil
    Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Yezidi Yi
  `
    .trim()
    .split(/\s+/),
)

/**
 * Whether `\p{name}` exists. Go removes the separators from a name and converts it to title case
 * before the lookup, but not the names of its scripts: it finds `\p{greek}`, and `\p{Old_Italic}`
 * or `\p{SignWriting}` under no spelling.
 */
export function isClassName(name: string): boolean {
  if (/[^\w -]/.test(name)) return false

  const bare = name.replace(/[_ -]/g, '')
  return CLASS_NAMES.has(bare.slice(0, 1).toUpperCase() + bare.slice(1).toLowerCase())
}
