/**
 * The connection between Java classes and resources: which resource a class is the kind
 * of, and how its objects are read and written.
 * <p>
 * Begin with {@link io.github.k8sclient.resource.Resources}. It knows the built-in kinds,
 * and custom resources as classes with the annotation
 * {@link io.github.k8sclient.meta.CustomResource}, which Jackson reads and writes.
 */
@NullMarked
package io.github.k8sclient.resource;

import org.jspecify.annotations.NullMarked;
