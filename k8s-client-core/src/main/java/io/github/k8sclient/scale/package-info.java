/**
 * Scales resources of any kind that have the subresource {@code scale}, custom resources
 * among them.
 * <p>
 * Begin with {@link io.github.k8sclient.scale.ScaleClient}. Typed clients of deployments,
 * stateful sets and replica sets have methods of their own for it.
 */
@NullMarked
package io.github.k8sclient.scale;

import org.jspecify.annotations.NullMarked;
