/**
 * Informers that run for the application, and the application events that they publish.
 */
@NullMarked
package io.github.k8sclient.autoconfigure.informer;

import org.jspecify.annotations.NullMarked;
