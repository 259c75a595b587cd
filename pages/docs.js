/** Starts Swagger UI with what the page says in the data attributes of its element. */
const { document: url, token } = document.getElementById('swagger-ui').dataset
const dark = matchMedia('(prefers-color-scheme: dark)')

function followColorScheme() {
  document.documentElement.classList.toggle('dark-mode', dark.matches)
}

followColorScheme()
dark.addEventListener('change', followColorScheme)

const ui = SwaggerUIBundle({
  dom_id: '#swagger-ui',
  url,
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  onComplete: () => token && ui.preauthorizeApiKey('api_token', token),
})
