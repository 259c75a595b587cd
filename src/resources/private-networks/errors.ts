import { defineErrors } from '../../gateway/api-error.ts'

export const NETWORK_ERRORS = defineErrors({
  route_exists: {
    status: 409,
    evidence: 'recorded',
    source: "the acceptance tests of Terraform's provider; the code in the fix plan of boxp/arch, BOXP-135",
    errors: () => [{ code: 1014, message: 'You already have a route defined for this exact IP subnet' }],
  },
  route_not_found: {
    status: 404,
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#6492, 2025-11-26, whole response to a deletion',
    errors: () => [
      {
        code: 1015,
        message:
          "You are trying to modify the route for a network that isn't routed. Please add the network before modifying it. Or, check that you specified the correct network.",
      },
    ],
  },
  tunnel_has_routes: {
    status: 400,
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#2607, 2023-07; the status is inferred',
    errors: () => [
      {
        code: 1023,
        message:
          'Cannot delete tunnel because it has Warp routing configured. You can delete the route with `cloudflared tunnel route ip delete`.',
      },
    ],
  },
  virtual_network_not_found: {
    status: 404,
    evidence: 'assumed',
    source:
      "the acceptance tests of Terraform's provider need an error after a deletion; no source for the error itself",
    errors: () => [{ code: 1048, message: 'Virtual network not found' }],
  },
  virtual_network_name_taken: {
    status: 409,
    evidence: 'assumed',
    source: 'formed like `route_exists`',
    errors: () => [{ code: 1014, message: 'You already have a virtual network with this name' }],
  },
  virtual_network_is_default: {
    status: 400,
    evidence: 'recorded',
    source: 'flare-operator recording 0163, 2026-09-29',
    errors: () => [
      { code: 1049, message: 'Cannot delete the Virtual Network because: it is the default virtual network' },
    ],
  },
  virtual_network_in_use: {
    status: 400,
    evidence: 'assumed',
    source: 'documented in the help of cloudflared; code and text are formed like `virtual_network_is_default`',
    errors: () => [{ code: 1049, message: 'Cannot delete the Virtual Network because: it is used by IP routes' }],
  },
})
