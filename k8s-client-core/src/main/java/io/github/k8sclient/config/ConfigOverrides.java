package io.github.k8sclient.config;

import org.jspecify.annotations.Nullable;

/**
 * What the caller sets instead of what the kubeconfig says; {@code null} leaves the
 * kubeconfig's.
 */
record ConfigOverrides(@Nullable String context, @Nullable String cluster, @Nullable String user,
		@Nullable String namespace, @Nullable String masterUrl) {

}
