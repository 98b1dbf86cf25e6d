/**
 * What applications need that are compiled ahead of time.
 */
@NullMarked
package io.github.k8sclient.autoconfigure.aot;

import org.jspecify.annotations.NullMarked;
