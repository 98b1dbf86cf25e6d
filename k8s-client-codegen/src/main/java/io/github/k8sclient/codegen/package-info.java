/**
 * Generator of the API types and of the clientset from the schema of the Kubernetes API.
 */
@NullMarked
package io.github.k8sclient.codegen;

import org.jspecify.annotations.NullMarked;
