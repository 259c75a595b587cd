import { type Behaviours, hasItems } from '../../../evidence/types.ts'
import { ACCESS_OPERATIONS } from '../operation-ids.ts'
import { RECORDINGS } from '../sources.ts'

const { list_tags, create_tag, get_tag, update_tag, delete_tag } = ACCESS_OPERATIONS

const TAGS = [list_tags, create_tag, get_tag, update_tag]

/** Behaviours of tags. */
export const TAGS_EVIDENCE = {
  access_tag_values: {
    operations: TAGS,
    statement: 'A tag has the keys of a recorded one, with the number of its applications.',
    evidence: 'recorded',
    source: RECORDINGS,
    usedIn: hasItems,
  },
  access_tag_follows: {
    operations: [update_tag, delete_tag],
    statement: 'Renaming or deleting a tag changes it in its applications.',
    evidence: 'assumed',
    source: 'no source for a tag in use',
    isNoted: true,
  },
} as const satisfies Behaviours
