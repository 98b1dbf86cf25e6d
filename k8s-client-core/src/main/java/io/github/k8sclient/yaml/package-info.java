/**
 * YAML as another notation for JSON. For the modules of this project: it may change in
 * any release. Applications use {@link io.github.k8sclient.dynamic.Manifests}.
 */
@NullMarked
package io.github.k8sclient.yaml;

import org.jspecify.annotations.NullMarked;
