/**
 * Resources of any kind without a class for each.
 * <p>
 * Begin with {@link io.github.k8sclient.dynamic.DynamicClient}. Its objects are
 * {@link io.github.k8sclient.dynamic.Unstructured}, immutable trees that keep everything;
 * it also works with annotated classes of custom resources, and applies documents of many
 * kinds at once.
 */
@NullMarked
package io.github.k8sclient.dynamic;

import org.jspecify.annotations.NullMarked;
