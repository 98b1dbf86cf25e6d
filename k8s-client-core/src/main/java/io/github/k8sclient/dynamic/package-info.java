/**
 * Clients of resources of any kind, without a class for each: objects as trees, and
 * documents of many kinds applied at once.
 */
@NullMarked
package io.github.k8sclient.dynamic;

import org.jspecify.annotations.NullMarked;
