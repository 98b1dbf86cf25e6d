package io.github.k8sclient.rest;

/**
 * A warning that the API server attached to a response: that an API is deprecated, that a
 * field is unknown or set twice, what an admission webhook has to say.
 *
 * @param code the kind of the warning; Kubernetes sends 299, a miscellaneous persistent
 * warning, only
 * @param agent who warns, {@code -} if unknown
 * @param text the warning
 * @since 0.1.0
 * @see WarningHandler
 */
public record Warning(int code, String agent, String text) {
}
