import { RESOURCES } from '../resources/index.ts'
import { combine, type Products } from '../resources/products.ts'
import { EDGE_EVIDENCE } from './evidence.ts'

/** All products, with what is known about the edge. */
export const EDGE_PRODUCTS: Products = combine(RESOURCES, [{ evidence: EDGE_EVIDENCE, errors: {} }])
