{{/* The name of the release, with "mockflared" in it. */}}
{{- define "mockflared.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* The labels that select pods: (list $ "replica") */}}
{{- define "mockflared.selector" -}}
app.kubernetes.io/name: {{ (index . 0).Chart.Name }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* All labels: (list $ "replica") */}}
{{- define "mockflared.labels" -}}
{{ include "mockflared.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ (index . 0).Chart.Name }}-{{ (index . 0).Chart.Version }}
{{- end -}}

{{/* The Secret with the token of the control plane. */}}
{{- define "mockflared.tokenSecret" -}}
{{- .Values.controlTokenSecret.name | default (printf "%s-control" (include "mockflared.fullname" .)) -}}
{{- end -}}

{{/* The key of the token in that Secret. */}}
{{- define "mockflared.tokenKey" -}}
{{- empty .Values.controlTokenSecret.name | ternary "token" .Values.controlTokenSecret.key -}}
{{- end -}}

{{/* The value of an option as the text of its variable. Helm writes 1000000, a float64, as 1e+06. */}}
{{- define "mockflared.optionText" -}}
{{- if kindIs "float64" . }}{{ int64 . }}{{ else if kindIs "slice" . }}{{ join "," . }}{{ else }}{{ . }}{{ end -}}
{{- end -}}

{{/* What both kinds of pods have in common: (list $ "replica") */}}
{{- define "mockflared.pod" -}}
automountServiceAccountToken: false
{{- $values := (index . 0).Values }}
{{- with $values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "mockflared.selector" . | nindent 8 }}
{{- end -}}

{{/* No container gains privileges or writes outside its volumes. */}}
{{- define "mockflared.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}
