/**
 * Auto-configuration of the API server in this JVM.
 */
@NullMarked
package io.github.k8sclient.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
