/**
 * The root of the exceptions that this client throws.
 */
@NullMarked
package io.github.k8sclient;

import org.jspecify.annotations.NullMarked;
