/**
 * How objects stand in the bodies of requests and responses: JSON and Kubernetes'
 * protobuf envelope, lists that are read item by item, and the frames of a watch.
 * <p>
 * For the modules of this project: it may change in any release.
 */
@NullMarked
package io.github.k8sclient.wire;

import org.jspecify.annotations.NullMarked;
