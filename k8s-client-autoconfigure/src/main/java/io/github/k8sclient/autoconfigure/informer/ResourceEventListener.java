package io.github.k8sclient.autoconfigure.informer;

import io.github.k8sclient.meta.KubernetesObject;
import org.jspecify.annotations.Nullable;

/**
 * A listener of resource events that the application declares.
 *
 * @param description the listener as the application's author knows it, a method or a
 * bean
 * @param type the resource type that it listens to, {@code null} if it leaves that open
 */
record ResourceEventListener(String description, @Nullable Class<? extends KubernetesObject> type) {

}
