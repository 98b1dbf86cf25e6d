/**
 * Typed clients of the built-in kinds.
 * <p>
 * Begin with {@link io.github.k8sclient.client.Clientset}: it has a client for each group
 * and version, which has a {@link io.github.k8sclient.client.ResourceClient} for each
 * resource, with all verbs. {@link io.github.k8sclient.client.Patch},
 * {@link io.github.k8sclient.client.ApplyOptions} and
 * {@link io.github.k8sclient.client.KubernetesRetry} are ways to change objects that
 * others change, too.
 */
@NullMarked
package io.github.k8sclient.client;

import org.jspecify.annotations.NullMarked;
