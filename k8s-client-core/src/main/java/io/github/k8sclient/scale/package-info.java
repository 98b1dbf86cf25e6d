/**
 * Scales resources of any kind that have the subresource {@code scale}.
 */
@NullMarked
package io.github.k8sclient.scale;

import org.jspecify.annotations.NullMarked;
