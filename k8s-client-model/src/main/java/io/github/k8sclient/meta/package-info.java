/**
 * What all Kubernetes objects have in common: metadata, status, options, and the names of
 * kinds and resources.
 */
@NullMarked
package io.github.k8sclient.meta;

import org.jspecify.annotations.NullMarked;
