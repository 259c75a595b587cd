/** Cities by the IATA code that a data center is named after. A code alone says enough without one. */
const CITIES = new Map(
  `ADL Adelaide|AKL Auckland|ALG Algiers|AMM Amman|AMS Amsterdam|ARN Stockholm|ATH Athens|ATL Atlanta|BCN Barcelona|BEG Belgrade|BER Berlin|BKK Bangkok|BLR Bengaluru|BNA Nashville|BNE Brisbane|BOG Bogotá|BOM Mumbai|BOS Boston|BRU Brussels|BUD Budapest|CAI Cairo|CDG Paris|CGK Jakarta|CMB Colombo|CMN Casablanca|CPH Copenhagen|CPT Cape Town|DEL New Delhi|DEN Denver|DFW Dallas|DOH Doha|DTW Detroit|DUB Dublin|DUS Düsseldorf|DXB Dubai|EDI Edinburgh|EWR Newark|EZE Buenos Aires|FCO Rome|FRA Frankfurt|GIG Rio de Janeiro|GRU São Paulo|GVA Geneva|HAM Hamburg|HAN Hanoi|HEL Helsinki|HKG Hong Kong|HYD Hyderabad|IAD Ashburn|IAH Houston|ICN Seoul|IST Istanbul|JNB Johannesburg|KBP Kyiv|KIX Osaka|KUL Kuala Lumpur|LAX Los Angeles|LHR London|LIM Lima|LIS Lisbon|LOS Lagos|LUX Luxembourg|MAA Chennai|MAD Madrid|MAN Manchester|MCI Kansas City|MEL Melbourne|MEX Mexico City|MIA Miami|MNL Manila|MRS Marseille|MSP Minneapolis|MUC Munich|MXP Milan|NBO Nairobi|NRT Tokyo|ORD Chicago|OSL Oslo|OTP Bucharest|PDX Portland|PER Perth|PHL Philadelphia|PHX Phoenix|PRG Prague|RIX Riga|RUH Riyadh|SCL Santiago|SEA Seattle|SGN Ho Chi Minh City|SIN Singapore|SJC San Jose|SLC Salt Lake City|SOF Sofia|STR Stuttgart|SYD Sydney|TLL Tallinn|TLV Tel Aviv|TPE Taipei|VIE Vienna|VNO Vilnius|WAW Warsaw|YUL Montréal|YVR Vancouver|YYZ Toronto|ZAG Zagreb|ZRH Zurich`
    .split('|')
    .map(entry => [entry.slice(0, 3), entry.slice(4)]),
)

export interface Place {
  /** Such as AMS. */
  readonly code: string
  /** Such as 07: which data center of the city. */
  readonly number: string
  readonly city: string | undefined
}

/** Reads the name of a data center, such as ams07. */
export function placeOf(colo: string): Place {
  const [, code = colo, number = ''] = /^([a-z]{3})(\d*)$/i.exec(colo) ?? []
  return { code: code.toUpperCase(), number, city: CITIES.get(code.toUpperCase()) }
}
